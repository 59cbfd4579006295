/** vmsync in a program without a framework: first a dry run, then the same with leave to act, then the loops. */
@NullMarked
package com.berryfi.vmsync.plain;

import org.jspecify.annotations.NullMarked;
