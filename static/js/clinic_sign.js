/** The sign page: digits jump to what is missing; Ctrl Enter goes to the signature and, once there, signs. */

import { letterOf } from './clinic_letters.js'

const errors = document.getElementById('errors')
errors?.focus()

const form = document.getElementById('sign-form')
let sent = false
form?.addEventListener('submit', (event) => {
  if (sent) event.preventDefault() // one press is one signature
  sent = true
})

document.addEventListener('keydown', (event) => {
  const sign = document.getElementById('sign')
  if (event.ctrlKey && event.key === 'Enter' && sign) {
    event.preventDefault()
    if (document.activeElement === sign) form.requestSubmit(sign)
    else sign.focus()
    return
  }
  const digit = Number(letterOf(event))
  if (digit) document.querySelectorAll('.cl-panel--stop .cl-check a')[digit - 1]?.click()
})
