/** Single letters as keys: only while no text field has the focus, and only if they are not turned off (WCAG 2.1.4). */

const STORED = 'svangre-letters'

export const areOn = () => localStorage.getItem(STORED) !== 'off'

export const turn = (on) => localStorage.setItem(STORED, on ? 'on' : 'off')

export function isTyping(target) {
  return target.closest('input:not([type=radio], [type=checkbox], [type=submit]), textarea, select, [contenteditable]') !== null
}

/** The key of an event when it may act as a letter, else ''. */
export function letterOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target) || !areOn()) return ''
  return event.key.length === 1 ? (event.shiftKey && /[a-zæøå]/i.test(event.key) ? '⇧' : '') + event.key.toUpperCase() : ''
}
