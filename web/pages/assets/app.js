// Behaviour on top of pages that work without it. htmx does the swaps.
import "htmx.org";
import "./keys.js";
import "./upload.js";
import "./draft.js";
import "./review.js";
import "./round.js";
import "./toast.js";
