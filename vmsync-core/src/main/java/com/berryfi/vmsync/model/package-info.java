/**
 * The nouns: what a host believes, what a cloud answers, what is remembered, what is decided. Immutable values only; nothing
 * here knows a clock, a thread, a logger or I/O.
 */
@NullMarked
package com.berryfi.vmsync.model;

import org.jspecify.annotations.NullMarked;
