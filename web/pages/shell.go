package pages

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"yardstick/workspace"
)

// shell is what every page has around its content.
type shell struct {
	Title   string
	Sample  bool // shows 示例数据
	Rail    bool // narrow navigation, for pages that need the width
	Refresh bool // reloads by itself where there is no script
	Find    string
	Tab     string // which page of the library, "" for others
	Tabs    []navItem
	Toast   *toast
	Nav     []navGroup
	Look    look
	Twins   []twin
	Back    string // where the display switches return to
	Rounds  int    // of 目标审核 with forms that nobody has decided on
	CSS     string
	Boot    string
	App     string
}

func (s *shell) frame() *shell { return s }

type navGroup struct {
	Title string
	Items []navItem
}

type navItem struct {
	Title, Href, Icon string
	Current           bool
	Count             int    // open work
	Of                string // what is counted, for those who hear it
}

type twin struct{ Type, Href, Word string }

// look is the display as the page starts and what each switch leads to.
type look struct {
	Theme, Size, Density             string
	ThemeWord                        string
	NextTheme, NextSize, NextDensity string
	Large, Compact                   bool
}

// dress fills in what does not depend on the page's content.
func (p *Pages) dress(s *shell, q *asked, a answer) {
	s.Nav = p.nav(q.path, s.Rounds)
	s.Look = q.prefs.look()
	s.Back = q.with("page", q.query.Get("page"))
	s.Tabs = tabs(s.Tab)
	s.CSS, s.Boot, s.App = p.assets.url("yardstick.css"), p.assets.url("boot.js"), p.assets.url("app.js")
	if a.value != nil {
		s.Twins = append(s.Twins, twin{"application/json", q.twin("json"), "json"})
	}
	if a.table != nil {
		s.Twins = append(s.Twins, twin{"text/csv", q.twin("csv"), "csv"})
	}
}

// nav shows only pages that exist.
func (p *Pages) nav(path string, rounds int) []navGroup {
	groups := []navGroup{
		{"数据", []navItem{{Title: "总览", Href: "/", Icon: "home"}, {Title: "导入", Href: "/ingest", Icon: "in", Count: len(p.desk.Active()), Of: "批正在导入"}, {Title: "表单", Href: "/forms", Icon: "form"}}},
		{"目标", []navItem{{Title: "指标库", Href: "/library", Icon: "lib"}, {Title: "目标编制", Href: "/drafts", Icon: "draft"}, {Title: "目标审核", Href: "/reviews", Icon: "review", Count: rounds, Of: "轮没有审完"}}},
	}
	for _, g := range groups {
		for i := range g.Items {
			it := &g.Items[i]
			it.Current = path == it.Href || it.Href != "/" && strings.HasPrefix(path, it.Href+"/") || it.Href == "/library" && slices.ContainsFunc([]string{"/templates", "/cases"}, func(of string) bool {
				return path == of || strings.HasPrefix(path, of+"/")
			})
		}
	}
	return groups
}

// sampled reports whether some of what is loaded is 示例数据, for pages whose
// figures come from all forms.
func (p *Pages) sampled(r *http.Request, q *asked) (bool, error) {
	if q.format != "html" {
		return false, nil
	}
	forms, err := p.ws.Forms(r.Context(), workspace.FormQuery{Limit: 1})
	return forms.Sample, err
}

// tabs leads through the pages of the library; now is the present one.
func tabs(now string) []navItem {
	if now == "" {
		return nil
	}
	return []navItem{
		{Title: "指标", Href: "/library", Current: now == "library"}, {Title: "模板", Href: "/templates", Current: now == "templates"}, {Title: "案例", Href: "/cases", Current: now == "cases"},
		{Title: "体检", Href: "/library/health", Current: now == "health"}, {Title: "写法核对", Href: "/library/names", Current: now == "names"},
		{Title: "我的库", Href: "/library/changes", Current: now == "changes"},
	}
}

// prefs is how a visitor wants pages to look, from a cookie each, so that the
// first paint is right.
type prefs struct{ theme, size, density string }

var choices = map[string][]string{
	"theme":   {"auto", "light", "dark"},
	"size":    {"normal", "large"},
	"density": {"normal", "compact"},
}

func readPrefs(r *http.Request) prefs {
	get := func(name string) string {
		if c, err := r.Cookie("yardstick_" + name); err == nil {
			for _, v := range choices[name] {
				if c.Value == v {
					return v
				}
			}
		}
		return choices[name][0]
	}
	return prefs{get("theme"), get("size"), get("density")}
}

func next(name, now string) string {
	list := choices[name]
	for i, v := range list {
		if v == now {
			return list[(i+1)%len(list)]
		}
	}
	return list[0]
}

func (f prefs) look() look {
	return look{
		Theme: f.theme, Size: f.size, Density: f.density,
		ThemeWord: map[string]string{"auto": "自动", "light": "浅色", "dark": "深色"}[f.theme],
		NextTheme: next("theme", f.theme), NextSize: next("size", f.size), NextDensity: next("density", f.density),
		Large: f.size == "large", Compact: f.density == "compact",
	}
}

// display keeps a switch in a cookie and returns to the page.
func (p *Pages) display(w http.ResponseWriter, r *http.Request) (string, error) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	for name, list := range choices {
		for _, v := range list {
			if r.PostFormValue(name) == v {
				http.SetCookie(w, &http.Cookie{Name: "yardstick_" + name, Value: v, Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()), HttpOnly: true, SameSite: http.SameSiteStrictMode})
			}
		}
	}
	return local(r.PostFormValue("back")), nil
}

// local keeps a redirect on this site.
func local(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return "/"
	}
	return to
}
