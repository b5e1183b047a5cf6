/**
 * API keys: what opens an account. A master key does everything; restricted keys do what their
 * scopes say, below a folder, from some addresses, until their end. A key is asked of the database
 * with each request, so that revocation counts at once; what is counted of its use is not.
 */
@NullMarked
package io.consigne.core.keys;

import org.jspecify.annotations.NullMarked;
