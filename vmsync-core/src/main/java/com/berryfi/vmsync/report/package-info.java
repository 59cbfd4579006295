/**
 * What a synchronisation found, for people to read and keep: one HTML file that needs nothing else, or a text for the terminal. Pure: a
 * report in, characters out.
 */
@NullMarked
package com.berryfi.vmsync.report;

import org.jspecify.annotations.NullMarked;
