/** Style of the report: light and dark, for screens and paper. No fonts, images or anything else from outside. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#16181d;--quiet:#5c6370;--line:#dcdfe5;--accent:#2f62c9;--soft:#eaf0fc;--good:#2e8540;--bad:#c62828;--warn:#b26a00;--bar:#cfdffb}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--bg:#14161a;--card:#1d2026;--ink:#e8eaee;--quiet:#9aa1ad;--line:#363b45;--accent:#8fb3ff;--soft:#26304a;--good:#6cc97c;--bad:#ff8a80;--warn:#ffb74d;--bar:#2c3f66}}
:root[data-theme=dark]{color-scheme:dark;--bg:#14161a;--card:#1d2026;--ink:#e8eaee;--quiet:#9aa1ad;--line:#363b45;--accent:#8fb3ff;--soft:#26304a;--good:#6cc97c;--bad:#ff8a80;--warn:#ffb74d;--bar:#2c3f66}
:root[data-theme=light]{color-scheme:light}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:3.6rem}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif}
a{color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:.5rem;top:.5rem;background:var(--card);padding:.5rem;z-index:9}
nav{position:sticky;top:0;z-index:5;background:var(--card);border-bottom:1px solid var(--line);display:flex;gap:.2rem 1.1rem;flex-wrap:wrap;align-items:center;padding:.5rem max(1rem,calc((100vw - 84rem)/2))}
nav strong{margin-right:.5rem}nav a{text-decoration:none;font-size:.93rem}nav a:hover{text-decoration:underline}nav button{margin-left:auto}
main{max-width:84rem;margin:0 auto;padding:0 1rem 4rem}
h1{font-size:1.7rem;margin:1.4rem 0 .2rem;display:flex;gap:.8rem;align-items:center;flex-wrap:wrap;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:2.2rem 0 .7rem}h3{font-size:1rem;margin:1.1rem 0 .4rem}
p{margin:.4rem 0}.quiet{color:var(--quiet)}
.badge{font-size:.85rem;font-weight:600;padding:.1rem .6rem;border-radius:1rem;border:1.5px solid currentColor}
.done{color:var(--good)}.failed{color:var(--bad)}.interrupted,.partial,.blocked{color:var(--warn)}.reused{color:var(--accent)}.skipped{color:var(--quiet)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.7rem;margin:1rem 0}
.tile,.card{background:var(--card);border:1px solid var(--line);border-radius:8px}
.tile{padding:.6rem .9rem}.tile b{display:block;font-size:1.3rem;font-weight:650;font-variant-numeric:tabular-nums}.tile span{color:var(--quiet);font-size:.87rem}
.card{padding:.9rem;margin:0 0 1rem}.card>h3:first-child{margin-top:0}
pre,code,.mono{font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
.scroll{overflow:auto;max-width:100%}.tall{max-height:26rem}
table{border-collapse:collapse;font-size:.92rem}
th,td{padding:.28rem .7rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{position:sticky;top:0;background:var(--card);color:var(--quiet);font-weight:600;white-space:nowrap}
tbody th{font-weight:600}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.cutflow .first{border-left:1px solid var(--line)}.cutflow .group{text-align:center;border-left:1px solid var(--line);color:var(--ink)}
.cutflow tbody th{white-space:nowrap}
td.bar{background:linear-gradient(to right,var(--bar) var(--part),transparent 0) no-repeat;min-width:6rem}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,30rem),1fr));gap:1rem}
figure.card{margin:0;display:flex;flex-direction:column}
.plot{flex:1;display:flex;justify-content:center;align-items:flex-start}.variant{width:100%;display:flex;justify-content:center}.variant[hidden]{display:none}
.plot svg,.plot img{width:100%;height:auto;display:block}
figcaption{display:flex;gap:.6rem;justify-content:space-between;align-items:center;flex-wrap:wrap;margin-top:.5rem;font-size:.9rem;color:var(--quiet);overflow-wrap:anywhere}
button{font:inherit;font-size:.83rem;color:var(--ink);background:transparent;border:1px solid var(--line);border-radius:5px;padding:.12rem .6rem;cursor:pointer}
button:hover{background:var(--soft)}button[aria-pressed=true]{background:var(--soft);border-color:var(--accent);color:var(--accent)}
.tools{display:flex;gap:.35rem}
input[type=search]{font:inherit;padding:.3rem .6rem;border:1px solid var(--line);border-radius:5px;background:var(--card);color:var(--ink);min-width:17rem;max-width:100%}
.fasthep-figure .paper{fill:transparent}.fasthep-figure .ink{stroke:var(--ink)}.fasthep-figure .ink-fill{fill:var(--ink)}
.fasthep-figure .hover>*{cursor:crosshair}.fasthep-figure .hover>*:hover{fill:currentColor;fill-opacity:.07}.fasthep-figure .hover>.flow:hover{fill-opacity:1}
.graph .box{fill:var(--card)}.graph .node{cursor:pointer}.graph .node:hover .box,.graph .node:focus .box,.graph .node.chosen .box{fill:var(--soft)}.graph .node:focus{outline:none}.graph .node:focus-visible .box{stroke:var(--accent);stroke-width:3}
.graph.chosen .edge{opacity:.25}.graph.chosen .edge.near{opacity:1}
#graph-view{overflow:auto;max-height:42rem}#graph-view.whole svg{width:100%;height:auto}#graph-view svg{display:block}
#graph-side{border-top:1px solid var(--line);margin-top:.7rem;padding-top:.4rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.5rem 0}dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
.time{position:relative;min-width:14rem;width:45%}.time i{position:absolute;top:.5rem;bottom:.5rem;border-radius:3px;background:var(--accent);opacity:.75;min-width:2px}
details{margin:.5rem 0}summary{cursor:pointer;color:var(--quiet);font-size:.9rem}
.from{white-space:nowrap}.config td{max-width:34rem}
.problem{border-left:4px solid var(--bad);padding-left:.8rem;margin:.7rem 0}.problem.warning{border-color:var(--warn)}
#tip{position:fixed;z-index:9;pointer-events:none;background:var(--ink);color:var(--bg);padding:.35rem .6rem;border-radius:5px;font-size:.82rem;white-space:pre;box-shadow:0 2px 8px #0005;max-width:90vw}
.legend-row{display:flex;gap:.4rem 1.2rem;flex-wrap:wrap;font-size:.86rem;color:var(--quiet);margin-bottom:.5rem;align-items:center}
footer{color:var(--quiet);font-size:.86rem;margin-top:3rem}
@media print{nav,button,.tools,#tip,.skip{display:none!important}body{background:#fff;color:#000;font-size:11pt}.card,.tile{border-color:#bbb;break-inside:avoid}.tall,#graph-view{max-height:none}.scroll,#graph-view{overflow:visible}table{font-size:8pt}th,td{padding:.15rem .35rem}td.bar{min-width:0}#graph-view svg{width:100%;height:auto}h2{break-after:avoid}main{max-width:none;padding:0}thead th{position:static}tr{break-inside:avoid}.figures{grid-template-columns:1fr 1fr}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
