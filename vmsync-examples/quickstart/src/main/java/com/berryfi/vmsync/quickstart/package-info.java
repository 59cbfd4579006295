/** The whole main job on embedded parts: a fleet, a database and a cloud that disagree, and vmsync that puts them right. */
@NullMarked
package com.berryfi.vmsync.quickstart;

import org.jspecify.annotations.NullMarked;
