package tables

import (
	"math/bits"
	"sync"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"
)

// pool is memory outside the Go heap, where the warehouse may read it. Chunks
// are all of the same kind, so what one gives back the next one takes, without
// asking the system for pages again.
type pool struct {
	mu     sync.Mutex
	under  memory.Allocator
	free   map[int][][]byte // by capacity
	closed bool
}

func newPool() *pool {
	return &pool{under: mallocator.NewMallocator(), free: map[int][][]byte{}}
}

// class rounds a size up to a power of two or one and a half times one.
func class(size int) int {
	if size <= 4096 {
		return 4096
	}
	p := 1 << (bits.Len(uint(size-1)) - 1)
	if size <= p+p/2 {
		return p + p/2
	}
	return 2 * p
}

// Allocate is part of memory.Allocator. The memory is not cleared.
func (p *pool) Allocate(size int) []byte {
	c := class(size)
	p.mu.Lock()
	if list := p.free[c]; len(list) > 0 {
		b := list[len(list)-1]
		p.free[c] = list[:len(list)-1]
		p.mu.Unlock()
		return b[:size]
	}
	p.mu.Unlock()
	return p.under.Allocate(c)[:size]
}

// Reallocate is part of memory.Allocator.
func (p *pool) Reallocate(size int, b []byte) []byte {
	if size <= cap(b) {
		return b[:size]
	}
	out := p.Allocate(size)
	copy(out, b)
	p.Free(b)
	return out
}

// Free is part of memory.Allocator.
func (p *pool) Free(b []byte) {
	if cap(b) == 0 {
		return
	}
	b = b[:cap(b)]
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		p.under.Free(b)
		return
	}
	p.free[len(b)] = append(p.free[len(b)], b)
}

// trim gives back what is free.
func (p *pool) trim() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c, list := range p.free {
		for _, b := range list {
			p.under.Free(b)
		}
		delete(p.free, c)
	}
}

// close gives back what is free; what is still in use follows when it is freed.
func (p *pool) close() {
	p.trim()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
}
