// Runs before the first paint: parts that need script to open start closed only where there is script.
document.documentElement.classList.add("js");
