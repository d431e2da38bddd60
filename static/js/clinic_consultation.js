/**
 * The consultation without page jumps. Every form posts as it would without a script; the page that comes back is laid
 * over this one, part by part: what is being typed is never replaced, and the focus goes on to the next open field.
 */

import { areOn, isTyping, letterOf, turn } from './clinic_letters.js'

const EVERY = 5000 // how often others' changes are asked for
const RETRY = 5000

const main = document.getElementById('main')
const saved = () => document.querySelector('#saved')
const lines = () => [...document.querySelectorAll('[data-line]')].filter((line) => line.offsetParent)
const current = () => document.activeElement?.closest('[data-line]')
let sentLine = null // the line whose answer is being laid over the page
const spoken = document.getElementById('spoken') // never replaced: a live region that is replaced says nothing
const signedOut = document.getElementById('signed-out')
const unsent = new Map() // fields that could not be sent, by form and name: kept until they are

document.documentElement.classList.add('cl-script')
for (const keys of document.querySelectorAll('[data-keys]')) keys.hidden = false

/* ------------------------------------------------------------------ saying how it went */

/** In the head of the page, and (with the field's name) to those who listen. */
function tell(text, look = '', name = '') {
  const place = saved()
  if (!place) return
  if (look !== 'is-saving') spoken.textContent = name ? `${name}: ${text}` : text
  place.className = `sv-saved ${look}`
  const use = place.querySelector('use')
  use?.setAttribute('href', use.getAttribute('href').replace(/#.*/, look === 'is-unsaved' ? '#warning' : '#check'))
  place.querySelector('span').textContent = text
}

/* ------------------------------------------------------------------ laying a fresh page over this one */

/** What to write in first where an editor is open. */
const editorInput = (root) =>
  root.querySelector('[data-editor] input:checked, [data-editor] input:not([type=hidden]), [data-editor] select, [data-editor] textarea')

/** Whether somebody is writing in the element: then it is left alone. */
const isBusy = (element) => element.contains(document.activeElement) && isTyping(document.activeElement)

/** Whether something that was written in the element is still on its way. */
const isPending = (element) => [...unsent.values()].some((one) => one.line && one.line === element.id)

/** What has the focus, as it is found again in the element that takes its place. */
function likeness(active) {
  if (active.id) return `#${CSS.escape(active.id)}`
  const around = active.closest('[id]')
  const within = around ? `#${CSS.escape(around.id)} ` : ''
  if (active.name) return `${within}[name="${CSS.escape(active.name)}"]` + (['radio', 'checkbox', 'submit'].includes(active.type) ? `[value="${CSS.escape(active.value)}"]` : '')
  return active.dataset.act ? `${within}[data-act="${CSS.escape(active.dataset.act)}"]` : null
}

/** Whether the element holds a value that could not be used: it stays until that very line is sent again. */
const isRefused = (element) => element.id !== sentLine && element.querySelector('[aria-invalid="true"]')

function replace(old, fresh) {
  if (!old || !fresh || old.isEqualNode(fresh) || isBusy(old) || isPending(old) || isRefused(old)) return
  const open = new Set([...old.querySelectorAll('details[open][id]')].map((one) => one.id))
  for (const one of fresh.querySelectorAll('details[id]')) if (open.has(one.id)) one.open = true
  const active = document.activeElement
  const had = old.contains(active)
  const like = had && active !== old ? likeness(active) : null
  old.replaceWith(fresh)
  if (had) ((like && document.querySelector(like)) || fresh).focus({ preventScroll: true })
}

/** A line of several fields: each is replaced apart, so that one can be written in while another tells what is wrong. */
function layTogether(line, parts) {
  const old = document.getElementById(line.id)
  old.className = line.className
  old.toggleAttribute('data-open', line.hasAttribute('data-open'))
  for (const part of parts) replace(document.getElementById(part.id), part)
}

/** The line that holds an element's place: lines are replaced one by one, all else around them as a whole. */
function layLines(fresh) {
  const old = document.getElementById('lines')
  const next = fresh.getElementById('lines')
  if (!old || !next) return replace(old ?? document.querySelector('.cl-shut'), next ?? fresh.querySelector('.cl-shut'))
  const ids = (root) => [...root.querySelectorAll('[data-line]')].map((line) => line.id).join(' ')
  if (ids(old) !== ids(next)) {
    if (isBusy(old)) return keepTyping(old, next)
    return old.replaceWith(next)
  }
  for (const line of next.querySelectorAll('[data-line]')) {
    if (line.querySelector('[data-line]')) continue // a row: its own lines follow
    const parts = line.querySelectorAll('.cl-together__one')
    if (parts.length) layTogether(line, parts)
    else replace(document.getElementById(line.id), line)
  }
  for (const row of next.querySelectorAll('.cl-rows__one > .cl-rows__row')) {
    replace(document.querySelector(`#${CSS.escape(row.parentElement.id)} > .cl-rows__row`), row)
  }
}

/** The lines have changed while somebody writes in one: that one moves over as it is. */
function keepTyping(old, next) {
  const active = document.activeElement
  const line = active.closest('[data-line]')
  const place = line && next.querySelector(`#${CSS.escape(line.id)}`)
  if (!place) return
  const [start, end] = [active.selectionStart, active.selectionEnd]
  place.replaceWith(line)
  old.replaceWith(next)
  active.focus()
  if (start !== null && active.setSelectionRange) active.setSelectionRange(start, end)
}

/** The lines of a summary whose fields still hold what could not be used. */
const stillWrong = (summary) =>
  [...summary.querySelectorAll('li')].filter((line) => document.getElementById(line.querySelector('a').hash.slice(1))?.getAttribute('aria-invalid') === 'true')

function lay(fresh, address) {
  for (const part of document.querySelectorAll('[data-part]')) replace(part, fresh.getElementById(part.id))
  const [old, errors] = [document.getElementById('errors'), fresh.getElementById('errors')]
  layLines(fresh)
  old?.remove()
  const summary = errors ?? (old && stillWrong(old).length ? old : null)
  if (summary) {
    const named = new Set([...summary.querySelectorAll('a')].map((link) => link.hash))
    if (summary !== old && old) summary.querySelector('ul').append(...stillWrong(old).filter((line) => !named.has(line.querySelector('a').hash)))
    else if (old) summary.querySelector('ul').replaceChildren(...stillWrong(old))
    const count = summary.querySelectorAll('li').length
    summary.querySelector('h2').textContent = `${count} ${count === 1 ? 'felt kan' : 'felter kan'} ikke bruges, som det står`
    document.getElementById('others').after(summary)
  }
  showNegative()
  measure()
  document.body.dataset.version = fresh.body.dataset.version
  document.title = fresh.title
  if (address) history.replaceState(null, '', address)
}

/** How far down the sticky head reaches, so that nothing that is gone to hides under it. */
function measure() {
  document.documentElement.style.setProperty('--ident', `${document.getElementById('ident').offsetHeight}px`)
}
addEventListener('resize', measure)
measure()

const parse = (html) => new DOMParser().parseFromString(html, 'text/html')

/* ------------------------------------------------------------------ sending */

let queue = Promise.resolve() // one at a time, in the order in which they were pressed

function send(address, data, { then, key, line } = {}) {
  tell('Gemmer …', 'is-saving')
  const id = key ?? Symbol('once')
  unsent.set(id, { address, data, then, line })
  queue = queue.then(() => attempt(id))
  return queue
}

/** What is saved now has been seen: the next change of the same field starts from it. */
function haveSeen(fresh, data) {
  for (const item of data.getAll('item')) {
    const value = fresh.querySelector(`input[name="seen-${item}"]`)?.value
    for (const seen of document.querySelectorAll(`input[name="seen-${item}"]`)) if (value !== undefined) seen.value = value
  }
}

const again = (id) => setTimeout(() => (queue = queue.then(() => attempt(id))), RETRY)

/** After a new sign-in in another window the token of this page counts no longer: that of a fresh page is taken.
 * Whether there is one: else nobody is signed in yet. */
async function renewToken() {
  const answer = await fetch(location.href, { headers: { 'X-Background': '1' } })
  const fresh = parse(await answer.text())
  const token = fresh.getElementById('ident') && fresh.querySelector('input[name=csrf_token]')?.value
  if (!token) return false
  for (const input of document.querySelectorAll('input[name=csrf_token]')) input.value = token
  for (const { data } of unsent.values()) data.set('csrf_token', token)
  return true
}

/** Not taken. What was typed stays in its field; it is sent again where that can help. */
function notTaken(id, answer, fresh) {
  const title = fresh.querySelector('h1')?.textContent ?? ''
  const isSignedOut = title.startsWith('Siden er lukket')
  if (isSignedOut || answer.status === 400) {
    signedOut.hidden = false
    tell('Ikke gemt: du er logget ud', 'is-unsaved')
    return again(id)
  }
  tell(`Ikke gemt: ${title}`, 'is-unsaved')
  if (answer.status >= 500) again(id)
  else unsent.delete(id)
}

const nameOf = (id) => {
  const element = id && document.getElementById(id)
  return (element?.querySelector('.cl-together__l') ?? document.getElementById(`${id}-l`))?.textContent.trim() ?? element?.getAttribute('aria-label') ?? ''
}

async function attempt(id) {
  const sent = unsent.get(id)
  if (!sent) return
  const { address, data, then, line } = sent
  let answer
  try {
    if (!signedOut.hidden && !(await renewToken())) return again(id)
    answer = await fetch(address, { method: 'POST', body: new URLSearchParams(data) })
  } catch {
    tell('Ikke gemt: forbindelsen er væk. Det, du har skrevet, står her stadig. Vi prøver igen om 5 sekunder.', 'is-unsaved')
    again(id)
    return
  }
  const fresh = parse(await answer.text())
  if (!fresh.getElementById('ident')) return notTaken(id, answer, fresh)
  signedOut.hidden = true
  if (unsent.get(id) === sent) unsent.delete(id) // written in again meanwhile: the newer one follows
  const element = line && document.getElementById(line)
  const at = lines().indexOf(element?.closest('[data-line]'))
  if (then && element?.contains(document.activeElement)) document.activeElement.blur() // it was sent: no longer being typed
  if (answer.ok && !fresh.getElementById('errors') && !data.get('row')) haveSeen(fresh, data)
  const now = fresh.querySelector('#saved span').textContent // the parts move over: read before
  const notice = fresh.getElementById('notices').textContent.trim()
  sentLine = line ?? null
  lay(fresh, answer.redirected ? answer.url : null)
  sentLine = null
  const name = nameOf(line)
  if (document.getElementById('errors')) tell('Ikke gemt: se feltet', 'is-unsaved', name)
  else if (answer.status === 409) tell('To har ændret feltet: vælg', 'is-unsaved', name)
  else tell(now, '', notice || name)
  then?.(answer, at)
}

function focusOn(id) {
  const target = (id && document.getElementById(id)) || main
  target.focus({ preventScroll: true })
  if (target !== main) target.scrollIntoView({ block: 'nearest' })
}

const isLost = () => !document.activeElement || document.activeElement === document.body
const firstOpen = () => lines().find((line) => 'open' in line.dataset)

/** Where to go after a decision: an editor that opened, else the next open field, unless somebody has gone elsewhere.
 * `at`: where the line stood that was decided; it may be gone now, such as a row that was taken out. `isBeside`: a form
 * at the side, which keeps the focus. */
function goOn(answer, from, next, at, isBeside) {
  if (document.getElementById('errors')) {
    const wrong = document.querySelector('[aria-invalid="true"]')
    return (wrong ?? document.getElementById('errors')).focus()
  }
  if (!isLost() && (isBeside || isTyping(document.activeElement))) return
  if (answer.status === 409) return focusOn(from)
  const input = editorInput(document)
  if (input) return input.focus()
  const there = [next, from].find((id) => id && document.getElementById(id))
  focusOn(there ?? (lines()[at] ?? firstOpen() ?? document.getElementById('to-next'))?.id)
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (form.method !== 'post' || !form.closest('.cl-mid, .cl-side')) return
  event.preventDefault()
  const data = new FormData(form, event.submitter)
  const from = form.closest('[data-line]')?.id
  const isBeside = Boolean(form.closest('.cl-side'))
  send(form.action, data, { line: from, then: (answer, at) => goOn(answer, from, data.get('next'), at, isBeside) })
})

/* The clinic's own fields: each is saved as it is left. */
function saveOwn(form, items) {
  const data = new FormData(form)
  const isMine = (name) => items.some((item) => name === item || name.startsWith(`${item}-`) || name === `seen-${item}`)
  for (const name of [...data.keys()]) if (!isMine(name) && !['csrf_token', 'alene'].includes(name)) data.delete(name)
  for (const item of items) data.append('item', item)
  return send(form.action, data, { key: items.join(), line: document.querySelector(`input[name="${items[0]}-asked"]`).closest('.cl-together__one, [data-line]').id })
}
document.addEventListener('change', (event) => {
  if (event.target.closest('[data-own]')) saveOwn(event.target.form, [event.target.name.replace(/-.*/, '')])
})

/* All strips negative: one press for what is nearly always so. */
const showNegative = () => {
  for (const button of document.querySelectorAll('[data-negative]')) button.hidden = false
}
document.addEventListener('click', async (event) => {
  const line = event.target.closest('[data-negative]')?.closest('[data-line]')
  if (!line) return
  const chosen = [...line.querySelectorAll('input[value=negative]')]
  for (const one of chosen) one.checked = true
  await saveOwn(document.getElementById('own'), chosen.map((one) => one.name))
  focusOn(line.id)
})

/* Links that open and close an editor or a row change this page and not the address bar's history. */
document.addEventListener('click', async (event) => {
  const link = event.target.closest('#lines a[data-act], #lines a[data-cancel]')
  if (!link || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  await open(link.href)
})

async function open(href) {
  const address = new URL(href)
  let answer
  try {
    answer = await fetch(address, { headers: { 'X-Background': '1' } })
  } catch {
    return tell('Forbindelsen er væk. Prøv igen om lidt.', 'is-unsaved')
  }
  lay(parse(await answer.text()), address)
  const line = document.getElementById(address.hash.slice(1))
  const input = line && editorInput(line)
  if (!input) return focusOn(line?.id)
  input.focus()
  input.select?.()
}

/* ------------------------------------------------------------------ keys */

function step(by) {
  const all = lines()
  const at = all.indexOf(current())
  focusOn(all[Math.max(0, Math.min(at + by, all.length - 1))]?.id)
}

function nextOpen() {
  const all = lines()
  const at = all.indexOf(current())
  const open = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((line) => 'open' in line.dataset)
  if (open) return focusOn(open.id)
  document.getElementById('to-next')?.click()
}

function onLine(letter) {
  const line = current()
  if (!line) return false
  const found = [...line.querySelectorAll(`[data-act="${CSS.escape(letter)}"]`)].find((one) => one.closest('[data-line]') === line)
  found?.click()
  return Boolean(found)
}

const LETTERS = {
  N: nextOpen,
  '⇧A': () => document.querySelector('[data-bulk] button')?.click(),
  '/': () => document.getElementById('find').showModal(),
  '?': () => document.getElementById('keys').showModal(),
  T: () => document.querySelector('[data-add] button')?.click(),
}

document.addEventListener('keydown', (event) => {
  if (document.querySelector('dialog[open]')) return
  if (event.ctrlKey && ['ArrowRight', 'ArrowLeft'].includes(event.key) && !isTyping(event.target)) {
    event.preventDefault()
    return document.getElementById(event.key === 'ArrowRight' ? 'to-next' : 'to-previous')?.click()
  }
  if (event.ctrlKey && event.key === 'Enter') {
    event.preventDefault()
    return document.getElementById('to-sign')?.click()
  }
  if (event.key === 'Escape') {
    const cancel = event.target.closest('[data-editor]')?.querySelector('[data-cancel]')
    return cancel ? cancel.click() : current()?.focus()
  }
  const isChoice = event.target.matches('input[type=radio], input[type=checkbox]')
  if (['ArrowDown', 'ArrowUp'].includes(event.key) && !isTyping(event.target) && !isChoice && !event.ctrlKey) {
    event.preventDefault()
    return step(event.key === 'ArrowDown' ? 1 : -1)
  }
  if (event.key === 'Enter' && event.target.matches('[data-line]')) {
    event.preventDefault()
    const inside = event.target.querySelector('[data-act="⏎"]') ?? event.target.querySelector('input:not([type=hidden]), select, textarea')
    return inside?.matches('a') ? inside.click() : inside?.focus()
  }
  if (event.key === 'Enter' && event.target.closest('[data-own]') && event.target.matches('input')) {
    event.preventDefault() // saves the field and goes on, as Tab would
    const line = current()
    event.target.blur()
    line.focus()
    return step(1)
  }
  const letter = letterOf(event)
  if (!letter || (isChoice && !['N', '?', '/'].includes(letter))) return
  if (LETTERS[letter]) {
    event.preventDefault()
    LETTERS[letter]()
  } else if (onLine(letter)) event.preventDefault()
})

document.querySelector('[data-all-keys]')?.addEventListener('click', LETTERS['?'])
const letters = document.getElementById('letters')
letters.checked = areOn()
letters.addEventListener('change', () => turn(letters.checked))

document.querySelector('#find form').addEventListener('submit', (event) => {
  const text = document.getElementById('find-text').value
  const all = [...document.getElementById('find-list').options]
  const wanted = text.trim().toLowerCase()
  const option = all.find((one) => one.value === text) ?? (wanted && all.find((one) => one.value.toLowerCase().includes(wanted)))
  if (!option) {
    event.preventDefault()
    document.getElementById('find-none').hidden = false
    return
  }
  const here = new URL(location.href)
  here.pathname = here.pathname.replace(/[^/]+$/, option.dataset.section)
  here.search = ''
  here.hash = option.dataset.key
  location.assign(here)
})

/* ------------------------------------------------------------------ others in the same record */

async function look() {
  if (document.hidden || unsent.size) return
  try {
    const answer = await fetch(document.body.dataset.state, { headers: { 'X-Background': '1' } })
    if (!answer.ok || !answer.headers.get('Content-Type')?.includes('json')) return
    const state = await answer.json()
    const names = state.others.map((one) => one.who + one.section).join()
    if (String(state.version) === document.body.dataset.version && names === document.body.dataset.others) return
    document.body.dataset.others = names
    const page = await fetch(location.href, { headers: { 'X-Background': '1' } })
    if (page.ok && !unsent.size) lay(parse(await page.text()))
  } catch {
    // No connection: the next look may have one.
  }
}
document.body.dataset.others = ''
setInterval(look, EVERY)
addEventListener('beforeunload', (event) => {
  if (unsent.size) event.preventDefault()
})

/* ------------------------------------------------------------------ where to begin */

showNegative()

const errors = document.getElementById('errors')
if (errors) errors.focus()
else if (location.hash) {
  const input = editorInput(document)
  if (input) input.focus()
  else focusOn(location.hash.slice(1))
} else {
  const first = lines().find((line) => 'open' in line.dataset) ?? lines()[0]
  first?.focus({ preventScroll: true })
}
