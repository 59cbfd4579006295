/**
 * A backend that rents VMs by the minute: entities without a version, as JPA hosts often have them, a billing of its own, and vmsync in the
 * place of its own scheduled loop. What it was before is one diff away: {@code migration.diff}, shown in {@code docs/migrating.md} and undone
 * by {@code MigrationTest}, which runs both.
 */
package com.berryfi.vmsync.backend;
