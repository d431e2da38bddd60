/** Copy buttons: shown only where a script can copy. */

for (const button of document.querySelectorAll('[data-copy-from]')) {
  const source = document.getElementById(button.dataset.copyFrom)
  const label = button.textContent
  button.hidden = !navigator.clipboard
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(source.value)
    button.textContent = 'Kopieret'
    setTimeout(() => (button.textContent = label), 2000)
  })
}
for (const field of document.querySelectorAll('input[data-copy]')) field.addEventListener('focus', () => field.select())
