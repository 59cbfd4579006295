/**
 * What should happen: pure functions of {@link com.berryfi.vmsync.model.Facts}. {@link StandardRules} is the table of contents;
 * every other class is one rule, or the proof that several of them ask for.
 */
@NullMarked
package com.berryfi.vmsync.rule;

import org.jspecify.annotations.NullMarked;
