package recommend

// heap keeps the best of what it is offered; the worst of them stands first.
type heap []found

func (h *heap) offer(f found, limit int) {
	q := *h
	if len(q) < limit {
		q = append(q, f)
		for i := len(q) - 1; i > 0; {
			up := (i - 1) / 2
			if byValue(q[i], q[up]) <= 0 {
				break
			}
			q[i], q[up] = q[up], q[i]
			i = up
		}
		*h = q
		return
	}
	if limit == 0 || byValue(f, q[0]) >= 0 {
		return
	}
	q[0] = f
	for i := 0; ; {
		down := 2*i + 1
		if down >= len(q) {
			return
		}
		if down+1 < len(q) && byValue(q[down+1], q[down]) > 0 {
			down++
		}
		if byValue(q[down], q[i]) <= 0 {
			return
		}
		q[i], q[down] = q[down], q[i]
		i = down
	}
}
