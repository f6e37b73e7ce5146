// Package tables reads extracts of a budget integration system: one row per
// indicator line, in .csv, .xlsx, .parquet or Arrow IPC. A Mapping says which
// of their columns is which of ours; a Plan holds it against the header of one
// file. Rows are read, checked and parsed in columns and handed to a Sink as
// Arrow batches; rows that can't be used are quarantined with their row number
// and a reason, so that read = stored + rejected. Where rows are kept is
// decided by the Sink. Start from ParseMapping and Load.
package tables
