package journal

import (
	"bytes"
	"os"
)

// compact rewrites a file that has grown beyond Options.MaxBytes. The rule: of
// the revisions that undo and redo can reach, those nearest to the head stay, at
// most Options.Keep of them and at most half of MaxBytes in bytes, the head
// always. Of two equally near the one that redo can reach comes first: it is what
// was just undone, perhaps by mistake. Revisions that a save
// after an undo cut off go first of all, because nothing reaches them. Numbers
// of revisions stay. The new file takes the old one's place by rename: a crash
// leaves the one or the other.
func (j *Journal) compact(d *document) error {
	data, err := os.ReadFile(j.file(d.id))
	if err != nil {
		return err
	}
	low, high := d.head, d.head
	room := j.opt.MaxBytes/2 - int64(d.path[d.head].size)
	fits := func(i int) bool {
		return i >= 0 && i < len(d.path) && high-low+1 < j.opt.Keep && int64(d.path[i].size) <= room
	}
	for more := true; more; {
		more = false
		if fits(high + 1) {
			high++
			room, more = room-int64(d.path[high].size), true
		}
		if fits(low - 1) {
			low--
			room, more = room-int64(d.path[low].size), true
		}
	}
	var out bytes.Buffer
	write := func(r record) error {
		line, err := encode(r)
		out.Write(line)
		return err
	}
	if err := write(record{Op: opCreate, ID: d.id, At: d.created, Next: d.next, Meta: d.meta}); err != nil {
		return err
	}
	for _, v := range d.path[low : high+1] {
		r, err := recordAt(data, v)
		if err != nil {
			return err
		}
		if err := write(record{Op: opSave, Rev: v.rev, At: v.at, Source: v.from, Body: r.Body}); err != nil {
			return err
		}
	}
	// The move also restores the time of the last change.
	if err := write(record{Op: opMove, Rev: d.path[d.head].rev, At: d.updated}); err != nil {
		return err
	}
	if d.away != nil {
		if err := write(record{Op: opAway, At: *d.away}); err != nil {
			return err
		}
	}
	fresh, end, err := j.replay(d.id, out.Bytes())
	if err != nil || end != whole {
		return err
	}
	if err := j.replace(j.file(d.id), out.Bytes()); err != nil {
		// The rename may have happened all the same.
		d.stale = true
		return err
	}
	fresh.body = d.body
	*d = *fresh
	return nil
}
