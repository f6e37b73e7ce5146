package grid

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"yardstick"
)

// Options limits what a file may cost. The zero value is what production uses:
// every zero field stands for the default named beside it. With the defaults
// no file is known that makes a Read hold half a GiB (TestHostile), so that two
// may run at once in one.
type Options struct {
	MaxFile    int64         // bytes of the file itself; 0 means 64 MiB
	MaxPart    int64         // unpacked bytes of one part of a package; 0 means 64 MiB
	MaxUnpack  int64         // unpacked bytes of all parts that are read; 0 means 512 MiB
	MaxEntries int           // entries in a package; 0 means 10,000
	MaxSheets  int           // sheets or tables in a file; 0 means 2,000
	MaxRows    int           // rows of one sheet; 0 means 1,048,576
	MaxCols    int           // columns of one sheet; 0 means 16,384
	MaxCells   int           // cells with text in one file; 0 means 1,000,000
	MaxArea    int           // rows × columns of all sheets; 0 means 16,000,000
	MaxText    int64         // bytes of text in one file; 0 means 64 MiB
	Timeout    time.Duration // for one file; 0 means one minute
	Soffice    string        // path of LibreOffice; "" looks for soffice on the PATH
}

func (o Options) filled() Options {
	fill(&o.MaxFile, 64<<20)
	fill(&o.MaxPart, 64<<20)
	fill(&o.MaxUnpack, 512<<20)
	fill(&o.MaxEntries, 10_000)
	fill(&o.MaxSheets, 2_000)
	fill(&o.MaxRows, sheetRows)
	fill(&o.MaxCols, sheetCols)
	fill(&o.MaxCells, 1_000_000)
	fill(&o.MaxArea, 16_000_000)
	fill(&o.MaxText, 64<<20)
	fill(&o.Timeout, time.Minute)
	return o
}

func fill[T int | int64 | time.Duration](field *T, standard T) {
	if *field <= 0 {
		*field = standard
	}
}

// meter holds what one file has cost so far and stops it at its limits.
type meter struct {
	ctx    context.Context
	file   string
	opt    Options
	cells  int
	area   int
	text   int64
	unpack int64
	ticks  int
}

func newMeter(ctx context.Context, file string, opt Options) *meter {
	return &meter{ctx: ctx, file: file, opt: opt.filled()}
}

// tick looks at the deadline, once in 1024 calls.
func (m *meter) tick() error {
	if m.ticks++; m.ticks&1023 != 0 {
		return nil
	}
	return m.alive()
}

func (m *meter) alive() error {
	if m.ctx.Err() == nil {
		return nil
	}
	return context.Cause(m.ctx)
}

// add counts one cell with text.
func (m *meter) add(sheet string, row, col, text int) error {
	m.cells++
	switch {
	case row >= m.opt.MaxRows:
		return m.tooLarge(sheet, "", fmt.Sprintf("超过 %s 行", grouped(m.opt.MaxRows)))
	case col >= m.opt.MaxCols:
		return m.tooLarge(sheet, "", fmt.Sprintf("超过 %s 列", grouped(m.opt.MaxCols)))
	case m.cells > m.opt.MaxCells:
		return m.tooLarge(sheet, Address(row, col), fmt.Sprintf("超过 %s 个单元格", grouped(m.opt.MaxCells)))
	}
	if err := m.addText(sheet, text); err != nil {
		return err
	}
	return m.tick()
}

// addText counts text that is kept.
func (m *meter) addText(sheet string, n int) error {
	if m.text += int64(n); m.text > m.opt.MaxText {
		return m.tooLarge(sheet, "", fmt.Sprintf("文字超过 %s", size(m.opt.MaxText)))
	}
	return nil
}

// addArea counts the places of a sheet before they are allocated.
func (m *meter) addArea(sheet string, rows, cols int) error {
	if rows > 0 && cols > (m.opt.MaxArea-m.area)/rows {
		return m.tooLarge(sheet, Address(rows-1, cols-1),
			fmt.Sprintf("内容一直铺到 %s，范围超过 %s 格", Address(rows-1, cols-1), grouped(m.opt.MaxArea)))
	}
	m.area += rows * cols
	return nil
}

// tooLarge says that a limit was passed.
func (m *meter) tooLarge(sheet, cell, what string) error {
	where := filepath.Base(m.file)
	if sheet != "" {
		where += " › " + sheet
	}
	return &Problem{Code: yardstick.FileTooLarge, File: m.file, Sheet: sheet, Cell: cell,
		Msg: where + " 太大：" + what + "。请拆成几个文件后导入；逐行明细数据用批量导入。"}
}

// grouped prints n with thousands separators.
func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// size prints a number of bytes in MB, as file managers do.
func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d 字节", n)
	}
	return fmt.Sprintf("%d MB", n>>20)
}
