// Package pages serves the pages in Simplified Chinese: 总览, 导入, 表单, 指标库
// and 目标编制. They are rendered on the server from what the workspace answers,
// can be read and used without script, and have twins in JSON and CSV. It
// computes nothing that a reader would take for a result. Start from New.
package pages
