// What a stage told the page, so that changes that came from elsewhere are known: from a button below the stage, say.

export class Told {
  constructor() {
    /** @type {Map<string, string>} the newest text of each setting that was told and not taken over */
    this.texts = new Map();
  }

  /** @param {Record<string, string>} changes */
  note(changes) {
    for (const [key, text] of Object.entries(changes)) this.texts.set(key, text);
  }

  /**
   * Return the settings that are now otherwise than the stage told, or that changed without it.
   * @param {Record<string, string>} before the page's settings
   * @param {Record<string, string>} now the page's newer settings
   * @param {Record<string, unknown>} unsettled what the page had not taken over when it made them
   */
  others(before, now, unsettled) {
    return Object.keys(now).filter((key) => {
      if (key in unsettled) return false;
      const told = this.texts.get(key);
      this.texts.delete(key);
      return now[key] !== (told ?? before[key]);
    });
  }
}
