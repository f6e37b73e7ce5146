// Dropping files and folders. Without script the file input and its button do the same.
const form = document.querySelector("[data-upload]");
if (form) {
  const area = form.querySelector(".drop"), status = form.querySelector("[data-upload-status]");
  const say = (text, busy) => { status.textContent = text; status.className = busy ? "st run" : "err"; };

  const send = async files => {
    if (!files.length || form.getAttribute("aria-busy") === "true") return;
    // the server refuses the same; saying it here saves the transfer
    const limit = form.dataset, mb = 1024 * 1024, large = files.find(([, f]) => f.size > limit.fileMb * mb);
    if (large) return say(`${large[0]} 超过 ${limit.fileMb} MB，没有接收。把它拆小再试。`, false);
    if (files.length > limit.files) return say(`一次最多 ${limit.files} 个文件。请分几次来。`, false);
    if (files.reduce((sum, [, f]) => sum + f.size, 0) > limit.totalMb * mb) return say(`这次的文件合计超过 ${limit.totalMb} MB。请分几次来。`, false);
    form.setAttribute("aria-busy", "true");
    say(`正在接收 ${files.length} 个文件`, true);
    const body = new FormData();
    form.querySelectorAll("input[name]:not([type=file])").forEach(f => body.append(f.name, f.value));
    files.forEach(([path, file]) => body.append("files", file, path));
    try {
      const r = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const a = await r.json();
      if (!r.ok) throw new Error(a.error.message);
      location.assign(a.page);
    } catch (err) {
      form.removeAttribute("aria-busy");
      say(err instanceof TypeError ? "没有连上绩尺服务，文件没有送到。请确认服务在运行，再拖一次。" : err.message, false);
    }
  };

  // a dropped folder is walked; readEntries hands out at most 100 at a time
  const walk = async entry => {
    if (entry.isFile) return [[entry.fullPath.replace(/^\//, ""), await new Promise((ok, no) => entry.file(ok, no))]];
    const reader = entry.createReader(), found = [];
    for (;;) {
      const some = await new Promise((ok, no) => reader.readEntries(ok, no));
      if (!some.length) break;
      for (const e of some) found.push(...await walk(e));
    }
    return found;
  };

  form.querySelectorAll("input[type=file]").forEach(input => input.addEventListener("change", () =>
    send([...input.files].map(f => [f.webkitRelativePath || f.name, f]))));
  form.addEventListener("submit", e => {
    e.preventDefault();
    send([...form.querySelectorAll("input[type=file]")].flatMap(i => [...i.files].map(f => [f.webkitRelativePath || f.name, f])));
  });
  ["dragenter", "dragover"].forEach(t => area.addEventListener(t, e => { e.preventDefault(); area.classList.add("over"); }));
  area.addEventListener("dragleave", e => { if (!area.contains(e.relatedTarget)) area.classList.remove("over"); });
  area.addEventListener("drop", async e => {
    e.preventDefault();
    area.classList.remove("over");
    const entries = [...e.dataTransfer.items].map(i => i.webkitGetAsEntry && i.webkitGetAsEntry()).filter(Boolean);
    if (!entries.length) return send([...e.dataTransfer.files].map(f => [f.name, f]));
    const files = [];
    for (const entry of entries) files.push(...await walk(entry));
    send(files);
  });
}
