import { AppError } from "../errors.ts";
import { inertLine } from "./inert-text.ts";
import { base64Lines } from "./transfer-encoding.ts";

export type MimeAttachment = {
  name: string;
  /** With its parameters, such as `text/calendar; charset=utf-8; method=PUBLISH`. */
  mediaType: string;
  content: Uint8Array;
};

const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]{1,60}(; [a-z]+=[A-Za-z0-9-]{1,40}){0,4}$/;
const QUOTABLE = /^[A-Za-z0-9 ._-]{1,50}$/;
const CRLF = Buffer.from("\r\n");

/** A file as a part of a message: base64 in lines of at most 76 characters, its name as RFC 2183 and 2231 have it. */
export function attachmentPart(boundary: string, { name, mediaType, content }: MimeAttachment): Buffer[] {
  if (!MEDIA_TYPE.test(mediaType)) {
    throw new AppError("invalid", "the media type of an attachment has characters that are not allowed");
  }
  const head = [
    `--${boundary}`,
    `Content-Type: ${inBase64(mediaType).replaceAll("; ", ";\r\n ")}`,
    "Content-Transfer-Encoding: base64",
    ["Content-Disposition: attachment", ...nameParameters(fileName(name))].join(";\r\n "),
  ];
  return [Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), base64Lines(content), CRLF];
}

/** A message may not be encoded as one (RFC 2046, 5.2.1), and a file in parts is none (5.1). */
function inBase64(mediaType: string): string {
  return /^(message|multipart)\//.test(mediaType) ? "application/octet-stream" : mediaType;
}

/** The name alone, whatever path it came with. */
function fileName(name: string): string {
  const plain = inertLine(name).replace(/^.*[/\\]/, "");
  return plain === "" ? "attachment" : plain;
}

function nameParameters(name: string): string[] {
  if (QUOTABLE.test(name)) return [`filename="${name}"`];
  const parts = encodedParts(name);
  if (parts.length === 1) return [`filename*=UTF-8''${parts[0]}`];
  return parts.map((part, index) => `filename*${index}*=${index === 0 ? "UTF-8''" : ""}${part}`);
}

const ROOM = 50;

/** Percent-encoded pieces, none cut within a character (RFC 2231, 3 and 4). */
function encodedParts(name: string): string[] {
  const parts = [""];
  for (const character of name.toWellFormed()) {
    const encoded = encodeURIComponent(character).replace(/['()*!]/g, percent);
    if (parts.at(-1)!.length + encoded.length > ROOM) parts.push("");
    parts[parts.length - 1] += encoded;
  }
  return parts;
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}
