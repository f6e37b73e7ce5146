// 目标审核: the list of a round scrolls by itself beside the form; the present row stays in view.
const list = document.querySelector(".rv-list"), row = list && list.querySelector("tr.hit");
if (row && getComputedStyle(list).overflowY === "auto") list.scrollTop = Math.max(0, row.offsetTop - list.clientHeight / 3);
// On a phone the form comes first and its list is folded; without script it is open.
if (list && list.tagName === "DETAILS" && innerWidth < 820) list.open = false;
