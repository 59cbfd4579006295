/**
 * The host's rows and vmsync's own, in the host's database, by plain JDBC: a {@code SessionStore} with its journal, and a source
 * of client secrets.
 */
@NullMarked
package com.berryfi.vmsync.jdbc;

import org.jspecify.annotations.NullMarked;
