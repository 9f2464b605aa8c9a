import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Assets } from './assets.js';
import { projectRoot } from '../config/project-root.js';

const assets = new Assets(join(projectRoot(), 'templates/assets'));

describe('Assets', () => {
  it('an address names the content, so that it may be cached for ever', () => {
    expect(assets.url('obole.css')).toMatch(/^\/assets\/obole\.[0-9a-f]{12}\.css$/);
    expect(assets.find(assets.url('obole.css'))?.contentType).toBe('text/css; charset=utf-8');
  });

  it('a folder is one file whose parts keep their order', () => {
    const css = assets.text('obole.css');
    expect(css.indexOf('--paper:')).toBeLessThan(css.indexOf('.tile'));
  });

  it.each([
    '/assets/obole.css',
    '/assets/obole.000000000000.css',
    '/assets/../package.json',
    '/assets/theme/red.css',
  ])('nothing is served at %s', (url) => expect(assets.find(url)).toBeUndefined());

  it('every colour leads to a theme that is served', () => {
    for (const colour of ['#2F6B3C', 'abc', 'none', '']) {
      expect(assets.find(assets.themeUrl(colour))?.bytes.toString()).toContain('--accent:#');
    }
  });

  it('no file calls another host', () => {
    for (const name of ['obole.css', 'obole.js'])
      expect(assets.text(name)).not.toMatch(/https?:\/\/|@import|url\(/);
  });
});
