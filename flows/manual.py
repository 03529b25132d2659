"""What `--help` says of each command, in Chinese."""

from __future__ import annotations

STORE = "数据库或文件夹；默认是设置里的，或就近的 nianbao.db。"
ARCHIVE = "存放原件的归档；默认是设置里的，或数据库旁边的 archive。"
RUN = """读取一个文件夹的报告，汇总成年度工作簿。文件夹也可以换成站点配置（.yml）或名录（.xlsx、.csv）。

插件带有站点配置的地区，写名称即可，如 天津。

其他年度的报告、不是年度报告的文件和打不开的文件都会列出名字和原因。

引擎 serial 逐份读取，适合小机器；dask 把各批交给 Dask 集群，不写地址则在本机建一个。结果都一样。

示例：nianbao run 各乡镇报告 --year 2023 --out 汇总结果"""
EXTRACT = """把报告逐份读成 JSON，每行一份，写到标准输出；进度和提醒写到标准错误。

示例：nianbao extract 各乡镇报告 --year 2023 > 报告.jsonl"""
READ = """把文件读成文字，每段前面标出它在原件中的位置，末尾列出标题、发布日期等信息及其出处。

压缩包里的文件写作 某包.zip!/某文件.docx。扫描件逐页识别，每页需要几秒。

示例：nianbao read 某镇2023年报告.docx"""
IDENTIFY = """辨认每份文件：类型、年度、单位、区划代码、发布日期，一份报告一行。

一个文件里有几份报告的，分行列出。

不确定的后面标“？”，没有的写“—”。

示例：nianbao identify 各乡镇报告 --why"""
EXPLAIN = """说明一份报告里某个指标的数字从哪里来：哪些数字采用了，哪些没有，各为什么。

示例：nianbao explain 某镇2023年报告.docx 行政处罚案件数"""
EVALUATE = """把读出的结果与标准答案比较：准确率、召回率、F1，各领域、各指标的成绩，以及错在哪里。

示例：nianbao evaluate 答案.jsonl 各乡镇报告 --gallery 错处.html"""
CHECK = """在公布之前检查报告：数字是否前后一致，法定内容是否齐全，有没有留下别处的名称、旧的年份。

没有问题或只有提示时以状态 0 结束，有警告为 4，有错误为 5，有文件无法检查为 1。

示例：nianbao check 某镇2023年报告.docx --annotate 批注稿"""
SERVE = """在浏览器里核对一年的数字：看每个数的原句，认可、更正、豁免，下载工作簿；自查一份待公布的报告。

只有本机能访问，网址里的口令每次不同。用 --host 向其他电脑开放时，没有加密，请只在可信的网络里使用。

自查的文件不会保存，除非您在页面上选择保存。按 Ctrl-C 结束。

示例：nianbao serve 汇总结果"""
STATUS = """查看各年度、各县区的文件：多少是最新的，多少是新增的、有变动的、待处理的，多少失败、为什么。

写出报告位置，就与那里现有的文件比较；不写，则只看数据库里最近一次列出的文件。

报告位置是站点配置或名录的，列出每个网站的情况：状态、最近采集、报告份数、今日请求、待采集、原因。

有失败的文件，或有网站要留意时，以状态 1 结束。

示例：nianbao status 各乡镇报告 --store 汇总结果/nianbao.db"""
CORRECT = """登记一条更正：报告里的数字读错了，或者报告本身写错了，以后汇总都按更正后的数字。

更正记下原来的数和它所依据的原句；以后报告换了、原句变了，更正就失效，不再采用，并在汇总时提醒。

“数值”写阿拉伯数字；报告其实没有提及的写“未提及”；取消以前的更正写“撤销”。

示例：nianbao correct 白水镇 2023 行政执法案件总数 702 --reason 三类相加为702 --by 王敏"""
CORRECTIONS_IMPORT = """导入更正：填好“更正”表的工作簿，或者更正清单（.xlsx、.csv、.yml）。

有一处填写有误，就一条也不登记。工作簿旁边的 nianbao.db 会自动找到。

示例：nianbao corrections import 汇总结果/2023年度法治政府建设报告汇总.xlsx"""
CORRECTIONS_EXPORT = """把现行的更正写成 YAML，便于保存、比较和交给别人；文件名写 - 则输出到屏幕。

示例：nianbao corrections export 更正.yml --store 汇总结果/nianbao.db"""
CORRECTIONS_LIST = "列出现行的更正，以及每条现在是已采用、不再需要，还是已失效。"
WAIVERS_IMPORT = """导入豁免：在“校验问题”表里填了豁免理由等四列的工作簿，或者豁免清单（.xlsx、.csv、.yml）。

以后每次汇总都照此注明“已豁免”，不计数；到期的不再采用。有一处填写有误，就一条也不登记；已有的不重复登记。

示例：nianbao waivers import 汇总结果/2023年度法治政府建设报告汇总.xlsx"""
WAIVERS_LIST = """列出数据库里的豁免，以及每条现在怎样：生效、已到期，还是没有相符的问题。

只有全年一起检查才知道的，导入后写“待运行时核对”，再次运行 nianbao run 以后就清楚了。"""
WAIVERS_EXPORT = """把数据库里的豁免写成 YAML，便于保存、比较和交给别人；文件名写 - 则输出到屏幕。

示例：nianbao waivers export 豁免.yml --store 汇总结果/nianbao.db"""
WAIVERS_WITHDRAW = """撤销一条豁免：以后汇总不再采用，登记过的内容仍然保留。编号见 nianbao waivers list。

示例：nianbao waivers withdraw 12 --by 王敏 --reason 报告已改正"""
REVIEW_IMPORT = """导入在核对页上“保存核对”得到的文件：认可、更正和豁免，一起登记到数据库。

每个文件要么全部登记，要么一条也不登记；已有的不重复登记，同一个文件可以再次导入。

认可只在所看的数字和原句不变时有效；报告换了、原句变了，就不再算数，并在汇总时提醒。

也接受 nianbao review export 写出的 YAML。

示例：nianbao review import 核对-2024-王敏-20261122-1530.json --store 汇总结果/nianbao.db"""
REVIEW_LIST = """列出认可过的数字、问题和原文数字：谁、什么时候核对的，现在有效、不再需要，还是已失效。

更正和豁免请看 nianbao corrections list 和 nianbao waivers list。"""
REVIEW_WITHDRAW = """撤销一条认可：以后汇总又列为待核对，登记过的内容仍然保留。编号见 nianbao review list。

示例：nianbao review withdraw 12 --by 王敏 --reason 看错了"""
REVIEW_EXPORT = """把认可过的写成 YAML，便于保存、比较和交给别人；文件名写 - 则输出到屏幕。

示例：nianbao review export 核对.yml --store 汇总结果/nianbao.db"""
FORM = """用读出的数字填好本单位自己的表格（.xlsx）：表头写指标的名称、常用叫法或代号，每行写一个单位。

样式、公式和合并的单元格都不动，原有内容不改；两层、三层的表头和合并的表头也认得。

有异议的、报告没有写明的不填，连同不认识的表头和单位，列在旁边的“（未填清单）.csv”里。

表头和单位都认得以状态 0 结束，有不认得的为 1。

示例：nianbao form 年报统计表.xlsx --year 2023 --out 填好.xlsx --store 汇总结果/nianbao.db"""
RUNS = """列出最近十次运行，最近的在前：编号、起止时间、结果、来源、文件和报告的份数、发布了哪些年度。

中途被终止、被停止和未能完成的前面标“！”。发布过年度的，编号可以用于 nianbao diff。

示例：nianbao runs --store 汇总结果/nianbao.db"""
DIFF = """比较两次运行（或两本工作簿）的结果：哪些数字变了，为什么变。

原因分为：更正、指标口径变了、来源变了（换了文件或内容）、程序变了；另列新增、没有了和归属变了的报告。

运行写编号或它的开头，last（上次）是最近一次，last~1 是再前一次；工作簿写文件名。不写则比较最近两次。

示例：nianbao diff last~1 last --store 汇总结果/nianbao.db"""
PLUGINS = "列出已安装的插件：名称、版本、所属程序包、提供的内容和状态。"
PLUGIN_NEW = """起草一个地区插件：在仓库以外写出可以安装的程序包，有配置、指标卡、提取规则、示例报告和测试。

--from-file 从一份报告起草：猜出地区和各部分，把没有归入任何指标的数字写成建议的指标卡（注释着）。

--from-page 从报告的网页起草，写网址（礼貌地只取一次）或存下的网页。

已有的文件夹不覆盖。

示例：nianbao plugin new 浙江"""
PLUGIN_TEST = """对一个插件做规范测试，每条规则一行：例句、恶意输入、纯净、证据、确定、速度、示例报告等。

插件不必先安装。全部通过以状态 0 结束，有不通过的为 1，找不到插件为 2。

示例：nianbao plugin test nianbao-zhejiang"""
PLUGIN_ACCEPT = """写出或更新 tests/reports 里示例报告的预期；先列出差别，确认后才写。

示例：nianbao plugin accept nianbao-zhejiang"""
SOURCES_CHECK = """试一次站点配置：每个网站只礼貌地看一眼，列出选择器读到什么、哪里不对、可能为什么。

看 robots.txt、各起始页（由接口给出的看接口的第一次回答）和一个报告页；什么也不保存。

没有问题以状态 0 结束，有问题为 1。

示例：nianbao sources check 岚溪县.yml --year 2023"""
SOURCES_NEW = """由一个列表页起草站点配置：猜出系统和选择器，写出配置、留一份网页，并写一个测试。

列表页可以是存下来的网页，也可以是网址（只请求一次）。猜不出的会说明。已有的文件不覆盖，除非写 --force。

示例：nianbao sources new 列表.html --address http://www.example.gov.cn/fzzf/ --region 431226"""
STORE_VERIFY = """核对数据库和归档：数据有没有损坏，每条引文是否还在原文里，每份原件是否完好。

没有问题以状态 0 结束，有问题为 1。

示例：nianbao store verify --store 汇总结果/nianbao.db"""
STORE_EXPORT = """把数据库和归档里的原件写成一个文件，用于备份，或搬到别的机器、别的数据库。

运行中也可以导出，写出的是同一时刻的内容。归档缺少原件的照样导出，列出缺少的，以状态 1 结束。

示例：nianbao store export 备份.zip --store 汇总结果/nianbao.db"""
STORE_IMPORT = """把导出的文件读入一个新的数据库，SQLite 和 PostgreSQL 之间可以互换。

数据库里已有内容的，不导入，也不改动。

示例：nianbao store import 备份.zip --store 新结果/nianbao.db"""
SERVER = """启动运行服务：Prefect 的网页和接口，以及执行任务的工作进程，都只在本机，按 Ctrl-C 一起停止。

第一次启动时生成登录口令，存放在服务文件夹的 password.txt 里，只有您自己能读。

运行历史默认存在服务文件夹里；同时运行几个任务的，请用 --database 改用 PostgreSQL。

示例：nianbao server"""
DEPLOY = """为一个地方部署三项任务：采集和汇总、核对、自检，各有定时，也可以在网页上随时运行。

运行服务（nianbao server）须已启动。再次部署同样的内容，什么也不变；时间等可以用 --file 另写。

示例：nianbao deploy 各乡镇报告 --out 汇总结果 --name 岚溪县"""
NOTIFY = """列出设置 notify 里的通知地址（邮件、企业微信、钉钉、飞书等），不显示其中的口令。

用 --test 向每个地址发一条测试消息，并说明有没有送达；有没送达的，以状态 1 结束。

示例：nianbao notify --test"""
