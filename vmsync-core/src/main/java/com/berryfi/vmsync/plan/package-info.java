/**
 * When, how many, in what order, and what to remember: pure functions, with the present always a parameter. Public for Java's
 * sake; not API.
 */
@NullMarked
package com.berryfi.vmsync.plan;

import org.jspecify.annotations.NullMarked;
