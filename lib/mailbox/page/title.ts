/** The title of the tab, which a screen reader says first. */

let shown = '';

/** Names the screen that is shown, on which nothing is wrong yet. */
export function nameTab(title: string): void {
  shown = title;
  document.title = title;
}

/** Has the title begin with “Error: ” while a form has faults, as GOV.UK does, so whoever hears the page hears of them first. */
export function tellInTitle(areFaults: boolean): void {
  document.title = areFaults ? `Error: ${shown}` : shown;
}
