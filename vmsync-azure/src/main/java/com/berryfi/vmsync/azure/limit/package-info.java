/** How much may be asked of Azure, and what is asked of it. Public for Java; not API. */
@NullMarked
package com.berryfi.vmsync.azure.limit;

import org.jspecify.annotations.NullMarked;
