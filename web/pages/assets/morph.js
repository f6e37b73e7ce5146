// Brings one element to the state of another without replacing what stays: elements with the same id are the same,
// others by place and name. So focus, caret, scrolling and what is being typed survive an answer of the server.
// keep(field) says which fields hold something newer than the answer.
export function morph(from, to, keep) {
  attributes(from, to);
  if (field(from)) return value(from, to, keep);
  children(from, to, keep);
}

const field = n => /^(INPUT|TEXTAREA|SELECT)$/.test(n.tagName);
// What a visitor opened stays open, and what is theirs is not the server's.
const theirs = (n, name) => name === "open" && n.tagName === "DETAILS" || name === "aria-expanded" || name === "data-show" || name === "aria-selected" || name === "hidden" && /^(local|away)$/.test(n.id) || name === "style";

function attributes(from, to) {
  for (const { name, value } of [...to.attributes]) {
    if (theirs(from, name)) continue;
    let v = value;
    if (name === "class") v = [value, ...["on", "open"].filter(c => from.classList.contains(c) && (c === "on" ? from.matches(".sug") : from.matches(".det")))].join(" ");
    if (from.getAttribute(name) !== v) from.setAttribute(name, v);
  }
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !theirs(from, name)) from.removeAttribute(name);
  }
}

function value(from, to, keep) {
  const kept = keep(from), mine = from.value;
  if (from.tagName === "SELECT") {
    if (from.innerHTML !== to.innerHTML) from.innerHTML = to.innerHTML;
    from.value = kept ? mine : to.value;
    return;
  }
  if (from.tagName === "TEXTAREA" && from.defaultValue !== to.defaultValue) from.defaultValue = to.defaultValue;
  const v = kept ? mine : to.tagName === "TEXTAREA" ? to.defaultValue : to.getAttribute("value") || "";
  if (from.value !== v) from.value = v;
}

const same = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || "") === (b.id || "") && (a.getAttribute ? a.getAttribute("name") === b.getAttribute("name") : true);

function children(from, to, keep) {
  const byId = new Map();
  for (const c of from.children) if (c.id) byId.set(c.id, c);
  const wanted = new Set([...to.children].map(c => c.id).filter(Boolean));
  let at = from.firstChild;
  const drop = () => { const next = at.nextSibling; at.remove(); at = next; };
  for (const want of [...to.childNodes]) {
    while (at && at.id && !wanted.has(at.id)) drop();
    const known = want.id && byId.get(want.id);
    if (known && known.nodeName === want.nodeName) {
      if (known === at) at = at.nextSibling;
      else move(from, known, at);
      morph(known, want, keep);
      continue;
    }
    // what has an id waits for its own place
    if (at && same(at, want) && !want.id) {
      const next = at.nextSibling;
      if (at.nodeType === 1) morph(at, want, keep);
      else if (at.data !== want.data) at.data = want.data;
      at = next;
      continue;
    }
    from.insertBefore(document.importNode(want, true), at);
  }
  while (at) drop();
}

// moving an element takes the focus off it
function move(parent, node, before) {
  const here = document.activeElement, inside = node.contains(here), caret = inside && "selectionStart" in here ? [here.selectionStart, here.selectionEnd] : null;
  parent.insertBefore(node, before);
  if (!inside) return;
  here.focus({ preventScroll: true });
  if (caret && caret[0] !== null) here.setSelectionRange(...caret);
}
