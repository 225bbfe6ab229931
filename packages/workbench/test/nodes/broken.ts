// TypeScript that does not parse.
const message: string = ;
