/** Shows the copy buttons and lets them copy; without a script the values are there to select. */
export const COPY_SCRIPT = `
if (navigator.clipboard) for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.onclick = () => navigator.clipboard.writeText(button.dataset.copy).then(() => {
    document.getElementById("copied").textContent = button.textContent = button.dataset.done;
  });
}
`;
