export const docsPolicy = "default-src 'none'";
export const docsPage = (_document: object): string => '';
