//go:build !storybook

package web

import "net/http"

// story serves nothing: the storybook is built for development only
// (-tags=storybook).
func (s *Server) story(http.ResponseWriter, *http.Request) bool { return false }
