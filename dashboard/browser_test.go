package dashboard_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/axe.min.js
var axe string

// browser is the one Chromium of this test process; each test gets tabs of its own.
var browser struct {
	sync.Once
	ctx    context.Context
	cancel []context.CancelFunc
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	for i := len(browser.cancel) - 1; i >= 0; i-- {
		browser.cancel[i]()
	}
	os.Exit(code)
}

// look is how a page is looked at.
type look struct {
	name          string
	width, height int64
	dark          bool
}

var (
	phoneLight   = look{"phone-light", 390, 844, false}
	phoneDark    = look{"phone-dark", 390, 844, true}
	desktopLight = look{"desktop-light", 1280, 860, false}
	desktopDark  = look{"desktop-dark", 1280, 860, true}
)

// tab opens a tab; without Chromium the test is skipped, or fails where FIXLY_TEST_CHROMIUM says "required".
func tab(t *testing.T, l look) *page {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("FIXLY_TEST_CHROMIUM") == "required" {
			t.Fatal("Chromium is required here and is not installed: ", err)
		}
		t.Skip("no Chromium on this machine; install Debian's chromium package to run the browser tests")
	}
	b := &browser
	b.Do(func() {
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path))
		if os.Geteuid() == 0 {
			options = append(options, chromedp.NoSandbox) // Chromium refuses its sandbox to root
		}
		allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
		b.cancel = append(b.cancel, cancel)
		b.ctx, cancel = chromedp.NewContext(allocator)
		b.cancel = append(b.cancel, cancel)
		b.err = chromedp.Do(b.ctx) // owns the browser: it must have no deadline
	})
	if b.err != nil {
		t.Fatal("starting Chromium: ", b.err)
	}
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	p := &page{t: t, ctx: ctx, look: l}
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	p.do(func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		if _, err := cdp.Call(ctx, target, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: l.width, Height: l.height, DeviceScaleFactor: 1, Mobile: l.width < 600,
		}); err != nil {
			return chromedp.Void{}, err
		}
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}})
		return chromedp.Void{}, err
	})
	return p
}

// page is a tab.
type page struct {
	t    *testing.T
	ctx  context.Context
	look look
}

func (p *page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.shot("failed")
		p.t.Fatalf("%v; the page says: %s", err, p.bodyText())
	}
}

func (p *page) open(url string) { p.t.Helper(); p.do(chromedp.Navigate(url)) }

// until waits until an expression is true in the page, or in the one that it leads to.
func (p *page) until(expression string) {
	p.t.Helper()
	p.do(func(ctx context.Context, t *chromedp.Target) (_ chromedp.Void, err error) {
		for range 10 {
			if _, err = chromedp.Poll[bool](expression)(ctx, t); err == nil || !strings.Contains(err.Error(), "(-32000)") {
				break // -32000: the page went away under the question
			}
		}
		return chromedp.Void{}, err
	})
}

// focus gives an element the focus, in one step: a page that is open is drawn anew when something happens.
func (p *page) focus(selector string) {
	p.t.Helper()
	quoted, err := json.Marshal(selector)
	if err != nil {
		p.t.Fatal(err)
	}
	p.until(`(e => { e?.focus(); return e !== null && document.activeElement === e })(document.querySelector(` + string(quoted) + `))`)
}

func (p *page) eval(expression string) string {
	p.t.Helper()
	s, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](expression))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return s
}

func (p *page) bodyText() string {
	s, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText : ""`))
	if err != nil {
		return err.Error()
	}
	return s
}

// has waits until the page shows a text.
func (p *page) has(text string) {
	p.t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		p.t.Fatal(err)
	}
	p.until(`document.body.innerText.includes(` + string(quoted) + `)`)
}

// accessible holds the page against axe's rules.
func (p *page) accessible() {
	p.t.Helper()
	// The page's own policy forbids foreign scripts; the test's comes in by the debugger.
	if _, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](axe+"; true")); err != nil {
		p.t.Fatal(err)
	}
	found, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](`axe.run(document, {resultTypes: ["violations"]}).then(r =>
		r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.html.slice(0, 160) + " — " + n.failureSummary)))`, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatal(err)
	}
	for _, f := range found {
		p.t.Errorf("%s: %s", p.look.name, strings.ReplaceAll(f, "\n", " "))
	}
}

// shot saves a picture where FIXLY_TEST_SHOTS names a folder, for people to look at.
func (p *page) shot(name string) {
	p.t.Helper()
	dir := os.Getenv("FIXLY_TEST_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Log("no picture: ", err)
		return
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+"-"+p.look.name+".png"), png, 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// fits says whether the page is no wider than the screen.
func (p *page) fits() {
	p.t.Helper()
	if got := p.eval(`String(document.documentElement.scrollWidth - document.documentElement.clientWidth)`); got != "0" {
		p.t.Errorf("%s: the page is %s px wider than the screen", p.look.name, got)
	}
}
