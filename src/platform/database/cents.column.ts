import { Column, type ValueTransformer } from 'typeorm';

/** bigint arrives as text; cents beyond the safe integers are an error, never a rounded number. */
const toNumber: ValueTransformer = {
  to: (cents: number | null) => cents,
  from: (text: string | null) => {
    if (text === null) return null;
    const cents = Number(text);
    if (!Number.isSafeInteger(cents)) throw new RangeError('Cents beyond the safe integers.');
    return cents;
  },
};

/** A `bigint` column of integer cents. Its currency stands in a column beside it. */
export function CentsColumn(options: { nullable?: boolean } = {}): PropertyDecorator {
  return Column({ type: 'bigint', transformer: toNumber, nullable: options.nullable ?? false });
}
