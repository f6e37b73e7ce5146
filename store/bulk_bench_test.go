//go:build duckdb_arrow && linux

package store_test

import (
	"bufio"
	"database/sql"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"yardstick"
	"yardstick/ingest/tables"
	"yardstick/store"
)

// extractMapping is the mapping of the extract that writeExtract makes.
const extractMapping = `
name = "benchmark extract"
required = ["project", "year", "unit"]
[columns]
region = "区划名称"
year = "年度"
department = "主管部门"
unit = "单位名称"
project = "项目名称"
sector = "功能分类"
kind = "表类型"
level1 = "一级指标"
level2 = "二级指标"
name = "三级指标"
target = "指标值"
actual = "实际完成值"
weight = "分值"
score = "得分"
budget_initial = "年初预算数"
budget_full_year = "全年预算数"
budget_executed = "全年执行数"
reason = "偏差原因"
note = "备注"
[units]
budget_initial = "元"
budget_full_year = "元"
budget_executed = "元"
[values.kind]
"01" = "target"
"03" = "self_evaluation"
`

// writeExtract writes a made-up extract of a budget integration system, the
// same for the same number of lines: 22 columns, 12 to 28 lines per form, six
// years per project, values that repeat as they do on filed forms.
func writeExtract(out io.Writer, lines int) error {
	w := bufio.NewWriterSize(out, 1<<20)
	r := rand.New(rand.NewPCG(1, 2))
	fmt.Fprintln(w, "区划代码,区划名称,年度,主管部门,单位编码,单位名称,项目编码,项目名称,功能分类,表类型,一级指标,二级指标,三级指标,指标值,实际完成值,分值,得分,年初预算数,全年预算数,全年执行数,偏差原因,备注")
	levels := [][2]string{{"产出指标", "数量指标"}, {"产出指标", "质量指标"}, {"产出指标", "时效指标"}, {"效益指标", "社会效益指标"},
		{"满意度指标", "服务对象满意度指标"}, {"成本指标", "经济成本指标"}}
	things := strings.Fields("培训 道路养护 设备购置 补助发放 宣传活动 系统维护 检查巡查 危房改造 绿化 会议 救助对象 垃圾清运")
	measures := strings.Fields("人次 完成率 合格率 及时率 数量 覆盖率 满意度 成本 面积 次数")
	units := strings.Fields("人次 % % % 个 % % 万元 平方米 次")
	comparisons := []string{"≥", "≥", "≥", "≤", "=", "不少于", "不超过", ""}
	words := strings.Fields("效果明显 有效提升 长期 2023年12月底前 优 是 持续改善 100%")
	for n, form := 0, 0; n < lines; form++ {
		region, project := form/600, form/6
		budget := float64(r.IntN(90_000_000)) / 100
		for range 12 + r.IntN(17) {
			thing, measure := r.IntN(len(things)), r.IntN(len(measures))
			target, actual := words[r.IntN(len(words))], ""
			if actual = target; r.IntN(10) >= 2 {
				v, decimals := 1+r.IntN(100), ""
				if measure == 0 || measure == 4 || measure == 7 || measure == 8 {
					v = r.IntN(200_000)
				}
				if r.IntN(3) == 0 {
					decimals = fmt.Sprintf(".%02d", r.IntN(100))
				}
				target = comparisons[r.IntN(len(comparisons))] + strconv.Itoa(v) + decimals + units[measure]
				actual = strconv.Itoa(v+r.IntN(5)) + decimals + units[measure]
			}
			reason := ""
			if r.IntN(12) == 0 {
				reason = `"因资金下达较晚，部分工作未按计划开展，下一步加强管理"`
			}
			level := levels[r.IntN(len(levels))]
			_, err := fmt.Fprintf(w, "%06d,示例第%d区,%d,示例主管部门%d,%06d,示例单位%d,P%08d,%s项目（%d片）,%d,03,%s,%s,%s%s,%s,%s,%d,%d,%.2f,%.2f,%.2f,%s,\n",
				110100+region, region, 2018+form%6, form/200, form/24, form/24, project, things[project%len(things)], project, 2010100+project%90,
				level[0], level[1], things[thing], measures[measure], target, actual, 5+r.IntN(10), 5, budget, budget*1.1, budget*0.93, reason)
			if err != nil {
				return err
			}
			if n++; n == lines {
				break
			}
		}
	}
	return w.Flush()
}

// extractFile makes an extract in a temporary file.
func extractFile(tb testing.TB, lines int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "extract.csv")
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	if err := writeExtract(f, lines); err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return path
}

// BenchmarkBulk loads an extract of a million lines (YARDSTICK_BULK_LINES for
// another number) into a new warehouse on disk, and has DuckDB alone read the
// same file into columns in a new database on disk, turn by turn. It reports
// lines/s of the load, its rate as a share of DuckDB's own, and the most memory
// that the process held while loading.
func BenchmarkBulk(b *testing.B) {
	lines := 1_000_000
	if s := os.Getenv("YARDSTICK_BULK_LINES"); s != "" {
		var err error
		if lines, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	path := extractFile(b, lines)
	m, err := tables.ParseMapping("extract.toml", []byte(extractMapping))
	if err != nil {
		b.Fatal(err)
	}
	var ours, theirs, ourCPU, theirCPU time.Duration
	var peak float64
	n := 0
	for b.Loop() {
		n++
		resetPeak()
		start, used := time.Now(), cpuTime()
		loadExtract(b, path, m, lines)
		ours += time.Since(start)
		ourCPU += cpuTime() - used
		if n == 1 { // later rounds would count what DuckDB's own reading left behind
			peak = peakMiB()
		}
		used = cpuTime()
		theirs += readIntoColumns(b, path)
		theirCPU += cpuTime() - used
	}
	b.ReportMetric(float64(lines*n)/ours.Seconds(), "lines/s")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "ratio_to_ctas")
	b.ReportMetric(theirCPU.Seconds()/ourCPU.Seconds(), "cpu_ratio_to_ctas")
	b.ReportMetric(theirs.Seconds()/float64(n), "ctas_s")
	b.ReportMetric(ours.Seconds()/float64(n), "load_s")
	b.ReportMetric(peak, "peak_MiB")
}

// readIntoColumns is what the load is measured by: DuckDB's own CREATE TABLE AS
// SELECT, with the types that it finds out itself, into a new database of the
// storage format that the warehouse has; opened, checkpointed and closed like it.
func readIntoColumns(tb testing.TB, path string) time.Duration {
	tb.Helper()
	start := time.Now()
	db, err := sql.Open("duckdb", filepath.Join(tb.TempDir(), "columns.duckdb")+"?memory_limit=512MiB&storage_compatibility_version=v1.5.0")
	if err != nil {
		tb.Fatal(err)
	}
	for _, q := range []string{"CREATE TABLE t AS SELECT * FROM read_csv('" + path + "')", "CHECKPOINT"} {
		if _, err := db.ExecContext(tb.Context(), q); err != nil {
			tb.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		tb.Fatal(err)
	}
	return time.Since(start)
}

func loadExtract(tb testing.TB, path string, m tables.Mapping, lines int) {
	tb.Helper()
	s, err := store.Open(tb.Context(), store.Options{
		Path:    filepath.Join(tb.TempDir(), "warehouse.duckdb"),
		Threads: max(1, runtime.NumCPU()/2), // as `yardstick ingest --mapping` opens it
	})
	if err != nil {
		tb.Fatal(err)
	}
	defer s.Close()
	batch := yardstick.Batch{Source: "table"}
	out, err := tables.Load(tb.Context(), &batch, path, m, s, tables.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	if rows := batch.Files[0].Rows; rows.Read != lines || out.Lines+rows.Rejected != lines {
		tb.Fatalf("stored %d lines of %d, rejected %d: %+v", out.Lines, rows.Read, rows.Rejected, batch.Files[0].Rejected)
	}
}

// cpuTime is the processor time that this process has used.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// resetPeak and peakMiB measure the resident set of this process (Linux).
func resetPeak() {
	runtime.GC()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600)
}

func peakMiB() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if v, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(v)[0], 64)
			return kb / 1024
		}
	}
	return 0
}
