package pages

import (
	"fmt"
	"strconv"
)

// perPage is how many rows a table shows at once.
const perPage = 50

// pager leads through the pages of a list: the template pager.
type pager struct{ Text, Prev, Next string }

// set reads the page number and returns which rows to show. unit names what is
// listed: 批, 份, 个文件.
func (g *pager) set(q *asked, total int, unit string) (from, to int) {
	return g.setBy(q, total, perPage, unit)
}

// setBy is set for pages of another length.
func (g *pager) setBy(q *asked, total, perPage int, unit string) (from, to int) {
	page, err := strconv.Atoi(q.query.Get("page"))
	if err != nil || page < 1 {
		page = 1
	}
	page = min(page, max(1, (total+perPage-1)/perPage))
	from = (page - 1) * perPage
	to = min(from+perPage, total)
	switch {
	case total == 0:
		g.Text = "没有可列的"
	case total <= perPage:
		g.Text = fmt.Sprintf("共 %s %s", count(total), unit)
	default:
		g.Text = fmt.Sprintf("第 %s–%s %s，共 %s %s", count(from+1), count(to), unit, count(total), unit)
	}
	if page > 1 {
		g.Prev = q.with("page", strconv.Itoa(page-1))
	}
	if to < total {
		g.Next = q.with("page", strconv.Itoa(page+1))
	}
	return from, to
}
