/** What importing a picture gives; Next writes the same into a file of its own, which a fresh clone does not have yet. */
/// <reference types="next/image-types/global" />
