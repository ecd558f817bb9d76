// What a stage told the page, so that changes that came from elsewhere are known: from a button below the stage, say.

export class Told {
  constructor() {
    /** @type {Map<string, string[]>} told and not yet seen in the page's settings, by key; the newest last */
    this.texts = new Map();
  }

  /** @param {Record<string, string>} changes */
  note(changes) {
    for (const [key, text] of Object.entries(changes))
      this.texts.set(key, [...(this.texts.get(key) ?? []), text]);
  }

  /**
   * Return the settings that changed without the stage.
   * @param {Record<string, string>} before the page's settings
   * @param {Record<string, string>} now the page's newer settings
   */
  others(before, now) {
    const found = Object.keys(now).filter(
      (key) => now[key] !== before[key] && !this.texts.get(key)?.includes(now[key]),
    );
    for (const [key, texts] of this.texts)
      if (found.includes(key) || texts[texts.length - 1] === now[key]) this.texts.delete(key);
    return found;
  }
}
