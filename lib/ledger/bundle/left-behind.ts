/**
 * What file managers and operating systems leave in a folder that somebody opened, unpacked or kept on a shared drive. It is
 * no part of a copy and no damage to it. Names from github.com/github/gitignore (Global: macOS, Windows, Linux, Synology)
 * and the npm package `junk`.
 */
const OF_MACOS = [
  String.raw`\.DS_Store`,
  String.raw`\._.*`,
  '__MACOSX',
  String.raw`\.Apple(?:Double|DB|Desktop)`,
  String.raw`\.LSOverride`,
  String.raw`Icon\r?`,
  String.raw`\.(?:DocumentRevisions|Spotlight)-V\d+`,
  String.raw`\.(?:fseventsd|TemporaryItems|Trash(?:es)?|apdisk|localized|metadata_never_index)`,
  String.raw`\.VolumeIcon\.icns`,
  String.raw`\.com\.apple\..*`,
  'Network Trash Folder',
  'Temporary Items',
];

const OF_WINDOWS = [
  '(?:eh)?thumbs(?:_vista)?[.]db(?::encryptable)?',
  'desktop[.]ini',
  '[$]RECYCLE[.]BIN',
  'RECYCLER',
  'System Volume Information',
  // Where a download came from, which other systems keep as a file beside it.
  '.*:Zone[.]Identifier(?::[$]DATA)?',
  // What Office has open.
  '~[$].*',
];

const OF_LINUX = [
  String.raw`\.directory`,
  String.raw`\.Trash-\d+`,
  String.raw`\.nfs[0-9a-f]+`,
  String.raw`\.fuse_hidden.*`,
  String.raw`lost\+found`,
  String.raw`\.thumbnails`,
  // What editors and LibreOffice have open, and the copy that they keep of what was there before.
  String.raw`\..*\.sw[a-p]`,
  String.raw`\.~lock\..*#`,
  '.*~',
];

const OF_STORAGE = [
  '@eaDir',
  '#(?:recycle|snapshot)',
  '@Recycle',
  '@Recently-Snapshot',
  String.raw`\.@__thumb`,
];

const LEFT_BEHIND = new RegExp(
  `^(?:${[...OF_MACOS, ...OF_WINDOWS, ...OF_LINUX, ...OF_STORAGE].join('|')})$`,
  'is',
);

/** Whether a path, with forward slashes, is of that kind: by its own name, or a folder’s above it. */
export function isLeftBehind(path: string): boolean {
  return path.split('/').some((name) => LEFT_BEHIND.test(name));
}
