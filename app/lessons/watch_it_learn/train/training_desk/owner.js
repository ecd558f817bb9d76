// Whose the trainings of this tab are: a name that outlasts a reload, and that no link carries.

const KEY = "kernelscope:trainings";

/** The name kept in this tab; "" where there is none, or the browser keeps nothing. */
export function keptOwner() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} owner */
export function keepOwner(owner) {
  try {
    sessionStorage.setItem(KEY, owner);
  } catch {
    // A reload then begins anew.
  }
}
