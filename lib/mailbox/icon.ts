/** The picture of the mailbox in the tab of a browser. */
export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="4" fill="#1d70b8"/><path d="M6 10h20v13H6zl10 8 10-8" fill="none" stroke="#fff" stroke-width="2"/></svg>\n';
