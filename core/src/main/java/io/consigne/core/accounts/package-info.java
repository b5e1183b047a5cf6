/** Who owns files: accounts, their plans, their use of storage, and what a caller may do. */
@NullMarked
package io.consigne.core.accounts;

import org.jspecify.annotations.NullMarked;
