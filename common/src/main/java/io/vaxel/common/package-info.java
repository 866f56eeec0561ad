/**
 * What every service shares: identifiers, credentials, tokens, API versions, errors, storage and
 * the HTTP front door, each in a package of its own. Does not live here: a word about calls, chat
 * or media.
 */
package io.vaxel.common;
