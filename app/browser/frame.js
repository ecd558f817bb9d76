// Binary frames as app/drawing/frame.py packs them.

/** @typedef {{name: string, type: string, bytes: Uint8Array<ArrayBuffer>}} FrameBlob */
/**
 * A header, whose entries each component knows, and what comes with it, by name.
 * @typedef {{header: any, blobs: Map<string, FrameBlob>}} Frame
 */

/**
 * @param {ArrayBuffer | Uint8Array} message
 * @returns {Frame}
 */
export function unpackFrame(message) {
  const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (
    message instanceof Uint8Array ? message : new Uint8Array(message)
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  /** @type {Frame["blobs"]} */
  const blobs = new Map();
  let at = 4 + length;
  for (const listed of header.blobs) {
    blobs.set(listed.name, { ...listed, bytes: bytes.subarray(at, at + listed.length) });
    at += listed.length;
  }
  return { header, blobs };
}

/**
 * Pack a question and the bytes that go with it, for the way to the server.
 * @param {object} header
 * @param {Uint8Array} bytes
 */
export function packFrame(header, bytes) {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const packed = new Uint8Array(4 + text.length + bytes.length);
  new DataView(packed.buffer).setUint32(0, text.length, true);
  packed.set(text, 4);
  packed.set(bytes, 4 + text.length);
  return packed;
}
