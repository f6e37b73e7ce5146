// Package goal reads what a project's annual goal says will be done. Split cuts
// the text into tasks (something that is carried out), effects (something that
// gets better) and levels (something that reaches a figure) and leaves out what
// only gives reasons or slogans; Cover says which indicators speak of which
// task, and why. Both work on characters and the words of words.csv, know no
// project and guess nothing: a clause without a known word and without a figure
// is no task. Start from Split and Cover.
package goal

// Kind says what a Task states.
type Kind string

// The kinds of tasks.
const (
	Output Kind = "output" // something is done: 清扫保洁, 硬化道路 4 公里
	Effect Kind = "effect" // something gets better by it: 提升通行能力
	Level  Kind = "level"  // a measure reaches a figure: 满意度达到 95%
)

// Task is one thing that a goal states. From and To are character (rune)
// offsets in the goal, To excluded; Text is what stands between them.
type Task struct {
	Text     string
	From, To int
	Kind     Kind
	Numbered bool // it stands under a number of its own in the goal
}
