/** The parts of the sample’s assembly that mutants change. */
import type { Json } from '../judged-sample';
import { documentOf, of } from '../template-edits';

export const DWP = 'Organisation-dwp';
export const BUCKET = 'AWS::S3::Bucket';
export const POLICY = 'AWS::S3::BucketPolicy';
export const POINT = 'AWS::S3::AccessPoint';
export const KEY = 'AWS::KMS::Key';
export const ROLE = 'AWS::IAM::Role';
export const ALARM = 'AWS::CloudWatch::Alarm';
export const FUNCTION = 'AWS::Lambda::Function';
export const ROOT = { AWS: 'arn:aws:iam::100000000011:root' };
export const bucketPolicy = (t: Json) => documentOf(of(t, POLICY));
export const keyPolicy = (t: Json) => documentOf(of(t, KEY, 'Encryption'));
export const pointPolicy = (t: Json) => documentOf(of(t, POINT));
export const collect = (t: Json) => documentOf(of(t, ROLE, 'Collect'));
