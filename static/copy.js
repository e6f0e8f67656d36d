// A button that copies the text of the element that it names. Without this script, or where nothing can be copied,
// the text is there to select and the file beside it to take.
"use strict";

(() => {
    const select = element => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const selection = document.getSelection();
        selection.removeAllRanges();
        selection.addRange(range);
    };

    // The newer way needs a secure context, which a plain http host is not.
    const copy = async element => {
        try {
            await navigator.clipboard.writeText(element.textContent);
            return true;
        } catch {
            select(element);
            return document.execCommand("copy");
        }
    };

    for (const button of document.querySelectorAll("button[data-copy]")) {
        const element = document.getElementById(button.dataset.copy);
        const label = button.textContent;
        button.hidden = false;
        button.addEventListener("click", async () => {
            button.textContent = (await copy(element)) ? "Copied" : "Selected: copy it with your keyboard";
            setTimeout(() => {
                button.textContent = label;
            }, 3000);
        });
    }
})();
