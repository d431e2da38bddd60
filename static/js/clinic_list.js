/** Worklist and inbox by keyboard: arrows between rows, / to search, letters for what stands in the page's bar. */

import { isTyping, letterOf } from './clinic_letters.js'

const rows = () => [...document.querySelectorAll('[data-row]')].map((row) => row.querySelector('a.cl-name') ?? row)

function move(step) {
  const all = rows()
  const at = all.findIndex((row) => row === document.activeElement)
  const shown = all.findIndex((row) => row.getAttribute('aria-current') === 'true')
  const next = at >= 0 ? at + step : shown >= 0 ? shown + step : step > 0 ? 0 : all.length - 1
  all[Math.max(0, Math.min(next, all.length - 1))]?.focus()
}

document.addEventListener('keydown', (event) => {
  if (!isTyping(event.target) && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault()
    move(event.key === 'ArrowDown' ? 1 : -1)
    return
  }
  const letter = letterOf(event)
  const target =
    letter === '/' ? document.getElementById('search') : letter === 'N' ? document.getElementById('new')
      : letter ? document.querySelector(`.cl-read__bar [data-act="${CSS.escape(letter)}"]`) : null
  if (!target) return
  event.preventDefault()
  if (letter === '/') target.focus()
  else if (letter === 'S') document.getElementById('ask-text').focus()
  else target.click()
})
