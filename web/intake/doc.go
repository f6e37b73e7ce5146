// Package intake takes files in for the pages and the API and runs one batch
// after another, and beside them one review of target forms after another: it
// writes uploads to a private folder, queues what is to be done with them,
// keeps the progress of each so that a page can be reloaded or left, and hands
// the result to whoever asks. It decides nothing about the content of files.
// Start from Desk.
package intake
