"use strict";
(() => {
  const root = document.documentElement;
  const show = (found) => { found.hidden = false; return found; };

  // The theme: as the system has it, or one of the two. A browser that keeps nothing for files still switches.
  const themes = ["automatic", "light", "dark"];
  const button = show(document.getElementById("theme"));
  const remembered = () => { try { return localStorage.getItem("arazzo-theme"); } catch { return null; } };
  const remember = (name) => { try { localStorage.setItem("arazzo-theme", name); } catch { /* not kept */ } };
  let theme = 0;
  const turn = (to) => {
    theme = Math.max(0, to) % themes.length;
    button.textContent = `Theme: ${themes[theme]}`;
    if (theme) root.dataset.theme = themes[theme]; else delete root.dataset.theme;
  };
  turn(themes.indexOf(remembered()));
  button.addEventListener("click", () => { turn(theme + 1); remember(themes[theme]); });

  // Copying: the clipboard where the browser gives it to a file, else the text is selected and copied as by hand.
  const copied = async (pre) => {
    try { await navigator.clipboard.writeText(pre.textContent); return true; } catch { /* below */ }
    getSelection().selectAllChildren(pre);
    return document.execCommand("copy");
  };
  document.querySelectorAll(".copy").forEach(show);
  document.addEventListener("click", async (event) => {
    const pressed = event.target.closest(".copy");
    if (!pressed) return;
    pressed.textContent = await copied(pressed.parentElement.querySelector("pre")) ? "Copied" : "Press Ctrl+C";
    setTimeout(() => { pressed.textContent = "Copy"; }, 1500);
  });

  // A link to a step unfolds it, and what it is inside of.
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target || !target.matches("details")) return;
    for (let each = target; each; each = each.parentElement.closest("details")) each.open = true;
    target.scrollIntoView();
    target.firstElementChild.focus({ preventScroll: true });
  };
  addEventListener("hashchange", unfold);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#s']");
    if (link && link.hash === location.hash) unfold();
  });
  unfold();

  // Finding: steps whose line has the words are left, with what they are inside of.
  const field = document.getElementById("find");
  if (field) {
    show(field.parentElement);
    const steps = [...document.querySelectorAll("details.step")];
    const words = steps.map((step) => step.firstElementChild.textContent.toLowerCase());
    const find = () => {
      const wanted = field.value.trim().toLowerCase();
      const kept = new Set();
      let count = 0;
      steps.forEach((step, at) => {
        if (!words[at].includes(wanted)) return;
        count += 1;
        for (let each = step; each && !kept.has(each); each = each.parentElement.closest("details.step")) kept.add(each);
      });
      for (const step of steps) step.hidden = !kept.has(step);
      document.getElementById("found").textContent = wanted ? `${count} of ${steps.length} steps` : "";
    };
    field.addEventListener("input", find);
  }

  // The keys: / finds, j and k go from step to step, Escape leaves the field.
  const move = (by) => {
    const lines = [...document.querySelectorAll("details.step > summary")].filter((line) => line.checkVisibility());
    const at = lines.indexOf(document.activeElement.closest("details.step > summary"));
    const next = lines[at < 0 ? (by > 0 ? 0 : lines.length - 1) : at + by];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target === field) {
      if (event.key === "Escape") { field.value = ""; field.dispatchEvent(new Event("input")); field.blur(); }
      return;
    }
    if (event.key === "/" && field) { event.preventDefault(); field.focus(); }
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
  });
})();
