// A table of numbers that change in place.

import { el, setAttributes, setText } from "../../../../browser/dom.js";

/** @import { NumberTable } from "./types.js" */

export class DropTable {
  constructor() {
    this.head = el("thead");
    this.body = el("tbody");
    this.caption = el("caption");
    this.element = el("table", { class: "numbers" }, this.caption, this.head, this.body);
  }

  /** @param {NumberTable} table */
  show({ groups, heads, rows, title }) {
    setText(this.caption, title);
    if (!this.head.children.length) {
      this.head.append(
        el(
          "tr",
          {},
          ...groups.map(([name, columns]) =>
            el(name ? "th" : "td", { colspan: columns, scope: name ? "colgroup" : null }, name),
          ),
        ),
        el("tr", {}, ...heads.map((name) => el("th", { scope: "col" }, name))),
      );
      this.body.append(
        ...rows.map(({ cells }) => {
          const across = heads.length - cells.length;
          return el(
            "tr",
            {},
            el("th", { scope: "row", colspan: across }),
            ...cells.map(() => el("td")),
          );
        }),
      );
    }
    rows.forEach(({ name, kind, cells }, at) => {
      const row = this.body.children[at];
      setAttributes(row, { "data-kind": kind });
      setText(row.children[0], name);
      cells.forEach((text, column) => setText(row.children[column + 1], text));
    });
  }
}
